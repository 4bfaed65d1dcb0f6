const beat = 20_000;

/** People without a browser on one picture: each listens to the events, says every 20 s that they are there, and fetches what has changed, as a page does. */
export class Crowd {
  #leaving = new AbortController();
  #waiting = null;
  size = 0;

  /** Resolves when everybody listens and has said so. */
  static async join(address, people, picture) {
    const crowd = new Crowd();
    await Promise.all(people.map((cookie, i) => crowd.#come(address, cookie, picture, `person-${i}`)));
    return crowd;
  }

  /** The times, as Unix milliseconds, at which each of them has the next change. */
  whenDelivered() {
    return new Promise((resolve) => {
      this.#waiting = { resolve, times: [] };
    });
  }

  leave() {
    this.#leaving.abort();
  }

  async #come(address, cookie, { imageId, setId }, clientId) {
    const { signal } = this.#leaving;
    let session = cookie;
    const ask = async (path, options = {}) => {
      const answer = await fetch(new URL(path, address), {
        ...options,
        signal,
        headers: { cookie: session, accept: 'application/json', ...options.headers },
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer;
    };
    const welcome = await ask('/api/session');
    session = [cookie, ...welcome.headers.getSetCookie().map((line) => line.split(';')[0])].join('; ');
    const { antiForgeryToken } = await welcome.json();
    const headers = { 'X-CSRF-TOKEN': antiForgeryToken, 'Content-Type': 'application/json' };
    const tell = () =>
      ask(`/api/images/${imageId}/presence`, { method: 'PUT', body: JSON.stringify({ clientId }), headers });
    await tell();
    const timer = setInterval(() => tell().catch(this.#failed), beat);
    signal.addEventListener('abort', () => clearInterval(timer));
    const stream = await ask('/api/events', { headers: { accept: 'text/event-stream' } });
    this.#listen(stream.body, setId, (revision) =>
      ask(`/api/annotation-sets/${setId}/changes?since=${revision}`),
    ).catch(this.#failed);
    this.size++;
  }

  async #listen(body, setId, fetchSince) {
    let [text, known] = ['', 0];
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop();
      for (const event of events) {
        if (!/^event: ?set$/m.test(event)) continue;
        const data = JSON.parse(/^data: ?(.*)$/m.exec(event)[1]);
        if (data.setId !== setId) continue;
        known = (await (await fetchSince(known)).json()).revision;
        this.#delivered();
      }
    }
  }

  #delivered() {
    this.#waiting?.times.push(performance.timeOrigin + performance.now());
    if (this.#waiting?.times.length === this.size) this.#waiting.resolve(this.#waiting.times);
  }

  #failed = (error) => {
    if (error.name !== 'AbortError') throw error;
  };
}
