/** What a member may do in a namespace or repository; each includes the ones before it. */
export type Role = 'none' | 'read' | 'write' | 'admin';
