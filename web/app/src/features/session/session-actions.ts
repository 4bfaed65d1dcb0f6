import { api } from '../../api/client.ts';
import { events } from '../../api/events.ts';
import { queries } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Me } from '../../api/types.ts';

/** After any way of signing in: the page is now that person's. */
export async function becomeSignedIn(me: Me): Promise<void> {
  api.forgetAntiForgery();
  queryClient.setQueryData(queries.session().queryKey, { user: me, antiForgeryToken: '' });
  await queryClient.fetchQuery({ ...queries.session(), staleTime: 0 });
  events.restart();
}

/** Leaves nothing of this person's on the page: the next one starts from a fresh document. */
export async function signOut(): Promise<void> {
  await api.delete('/session');
  location.assign('/sign-in');
}
