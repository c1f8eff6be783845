/** What a caller is in its organization. `service` is another program of the platform. */
export const ROLES = ['viewer', 'editor', 'approver', 'admin', 'service'] as const;
export type Role = (typeof ROLES)[number];

/** What may be allowed, and the roles that are. A service writes as an editor does, and never approves. */
export const RIGHTS = {
  look: ROLES,
  edit: ['editor', 'approver', 'admin', 'service'],
  approve: ['approver', 'admin'],
  administer: ['admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Right = keyof typeof RIGHTS;

/** Who asks, and for which organization: every read and write is theirs alone. */
export interface Viewer {
  readonly organizationId: string;
  readonly organizationNo: number;
  readonly userId: string;
  readonly role: Role;
}

/** True when the viewer's role has the right. */
export function may({ role }: Pick<Viewer, 'role'>, right: Right): boolean {
  const allowed: readonly Role[] = RIGHTS[right];
  return allowed.includes(role);
}
