/** Commands that are loaded with the first plan, or with the first overview, which leads to one. */
export { reviewImages } from './image/reviewImages';
export { deleteMatching } from './images/deleteMatching';
export { showNamespaceOverview } from './namespace/showNamespaceOverview';
export { deleteInactive } from './repository/deleteInactive';
export { showOverview } from './repository/showOverview';
