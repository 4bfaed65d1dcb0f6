import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { events } from '../api/events.ts';
import { randomId } from '../api/random-id.ts';
import type { PersonRef, PresenceEvent } from '../api/types.ts';

type PresenceAnswer = Pick<PresenceEvent, 'people'>;

const EVERY_MS = 20_000;
const clientId = randomId();

/** Tells the server every 20 s that somebody looks at the image, and who else does. */
export function usePresence(imageId: string, me: PersonRef | null): readonly PersonRef[] {
  const [people, setPeople] = useState<readonly PersonRef[]>([]);
  useEffect(() => {
    setPeople([]);
    let left = false;
    const see = (answer: PresenceAnswer) => {
      if (!left) setPeople(answer.people);
    };
    const tell = () => {
      // Being seen is a courtesy: a lost beat is made good by the next one, and the save indicator says "offline".
      api.put<PresenceAnswer>(`/images/${imageId}/presence`, { clientId }, { anonymous: true }).then(see, () => {});
    };
    tell();
    const timer = setInterval(tell, EVERY_MS);
    const stop = events.on('presence', (event) => {
      if (event.imageId === imageId) setPeople(event.people);
    });
    return () => {
      left = true;
      clearInterval(timer);
      stop();
    };
  }, [imageId]);
  return people.filter((person) => person.id !== me?.id);
}
