/** What makes rows, loaded together with the first of them. */

export { RowProtection } from './rowProtection';
export { treeItem } from './treeItems';
