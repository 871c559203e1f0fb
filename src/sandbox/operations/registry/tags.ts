import type { Answer } from '../../answer';
import type { Call, Services } from '../../route';
import { granted } from './grants';

export function listRegistryTags(call: Call, services: Services): Answer {
  const repository = granted(call, services, 'pull');
  const { n = '100', last = '' } = call.query;
  const names = [...repository.tags.keys()].sort().filter((name) => name > last);
  const page = names.slice(0, Number(n));
  const next = `</v2/${repository.namespace}/${repository.name}/tags/list?n=${n}&last=${page.at(-1) ?? ''}>; rel="next"`;
  return {
    status: 200,
    body: { name: `${repository.namespace}/${repository.name}`, tags: page },
    ...(page.length < names.length && { headers: { link: next } }),
  };
}
