export { describeDockerCliError } from './describeDockerCliError';
export { dockerCliCredentials } from './dockerCliCredentials';
export { DockerCliError } from './dockerCliError';
