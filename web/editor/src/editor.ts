import { AssistActions } from './actions/assist-actions.ts';
import { EditActions } from './actions/edit-actions.ts';
import { MaskActions } from './actions/mask-actions.ts';
import { RelationActions } from './actions/relation-actions.ts';
import { ShapeActions } from './actions/shape-actions.ts';
import { TextActions } from './actions/text-actions.ts';
import type { Editor, EditorOptions, ImageSource, OpenImage } from './api.ts';
import { type Assist, WorkerAssist } from './assist/assist.ts';
import { Camera } from './camera/camera.ts';
import { classCommands, defaultCommands } from './commands/default-commands.ts';
import { CommandRegistry } from './commands/registry.ts';
import { newId } from './model/ids.ts';
import type { Ontology } from './model/ontology.ts';
import { type Engine, WorkerEngine } from './render/engine.ts';
import { Surface } from './render/surface.ts';
import { followSelection } from './selection-frame.ts';
import type { Session } from './session.ts';
import { LoadError, SessionCache } from './session-cache.ts';
import { type WindowLimits, windowLimits } from './set-window.ts';
import { EditorState } from './state.ts';
import { StateControls } from './state-controls.ts';
import type { StoreDiff } from './store/annotation-store.ts';
import { IndexedDbStorage } from './sync/indexed-db-storage.ts';
import { Journal, type JournalStorage } from './sync/journal.ts';
import { MemoryStorage } from './sync/memory-storage.ts';
import { Outbox } from './sync/outbox.ts';
import { isOutcome } from './sync/pending.ts';
import { Tabs } from './sync/tabs.ts';
import { Toolbox } from './tools/toolbox.ts';

/** Parts that tests replace. */
export type EditorParts = {
  readonly engine: Engine;
  readonly storage: JournalStorage;
  readonly assist: Assist;
  readonly limits?: WindowLimits;
};

export function createEditor(options: EditorOptions): Editor {
  return new AnnotationEditor(options, {
    engine: new WorkerEngine(),
    storage: options.journal === 'page' ? new MemoryStorage() : new IndexedDbStorage(),
    assist: new WorkerAssist(),
  });
}

/** Puts the parts together; the parts do the work. */
export class AnnotationEditor extends StateControls implements Editor {
  readonly commands = new CommandRegistry();
  readonly actions: EditActions;
  readonly shapes: ShapeActions;
  readonly assist: AssistActions;
  readonly masks: MaskActions;
  readonly text: TextActions;
  readonly relations: RelationActions;
  /** Tools and what they show, for tests without a page. */
  readonly toolbox: Toolbox;
  readonly #state: EditorState;
  readonly #port: EditorOptions['port'];
  readonly #engine: Engine;
  readonly #outbox: Outbox;
  readonly #cache: SessionCache;
  readonly #tabs: Tabs;
  readonly #clientId = newId();
  #surface: Surface | null = null;
  #opening: OpenImage | null = null;
  #closeSession: (() => void)[] = [];
  #removeClasses = () => {};

  constructor({ port, server, user }: EditorOptions, { engine, storage, assist, limits = windowLimits }: EditorParts) {
    const state = new EditorState(user, assist);
    super(state);
    this.#state = state;
    this.#port = port;
    this.#engine = engine;
    this.#tabs = new Tabs(server, user.id, this.#clientId, ({ setId, changes }) =>
      this.#outbox.mergeRecords(setId, changes),
    );
    const journal = new Journal(storage, server, user.id, this.#clientId);
    this.#outbox = new Outbox({ port, journal, tabs: this.#tabs, clientId: this.#clientId });
    this.#cache = new SessionCache(engine, port, this.#outbox, limits);
    this.actions = new EditActions(this.#state);
    this.shapes = new ShapeActions(this.#state);
    this.assist = new AssistActions(this.#state);
    this.masks = new MaskActions(this.#state);
    this.text = new TextActions(this.#state);
    this.relations = new RelationActions(this.#state);
    this.toolbox = new Toolbox(this.#state);
    this.commands.register(...defaultCommands({ editor: this, state: this.#state, toolbox: this.toolbox }));
    followSelection(this.#state);
  }

  get saveStatus() {
    return this.#outbox.status;
  }
  get conflicts() {
    return this.#outbox.conflicts;
  }
  get rejections() {
    return this.#outbox.rejections;
  }

  mount(host: HTMLElement): () => void {
    this.#surface?.dispose();
    const surface = new Surface({
      host,
      state: this.#state,
      engine: this.#engine,
      toolbox: this.toolbox,
      commands: this.commands,
      rejections: this.rejections,
    });
    this.#surface = surface;
    return () => {
      surface.dispose();
      if (this.#surface === surface) this.#surface = null;
    };
  }

  async whenPainted(): Promise<void> {
    await this.#surface?.whenPainted();
  }

  async openImage(image: OpenImage): Promise<void> {
    this.#opening = image;
    const known = this.#cache.peek(image.setId);
    if (known === null || known.picture === null) {
      this.#close();
      this.#state.image.set({ status: 'loading', source: image });
    }
    if (known === null) this.#expect(image);
    try {
      const session = await this.#cache.get(image);
      if (this.#opening !== image) return;
      this.#open(session, image, known !== null);
      if (session.picture === null) await session.pictured;
      if (this.#opening !== image) return;
      this.#surface?.repaint();
      this.#state.image.set({ status: 'ready', source: sourceOf(image), readOnly: image.readOnly });
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      if (this.#opening !== image) return;
      this.#close();
      this.#state.image.set({ status: 'failed', source: image, what: error.what, message: error.message });
    }
  }

  prefetch(images: readonly ImageSource[]): void {
    // A failure is told when the image is opened, which loads it again.
    for (const image of [...images].reverse()) this.#cache.get(image).catch(() => undefined);
    this.#cache.trim(this.#inUse([...images]));
  }

  setOntology(ontology: Ontology): void {
    this.#state.ontology.set(ontology);
    this.#removeClasses();
    this.#removeClasses = this.commands.register(
      ...classCommands({ editor: this, state: this.#state, toolbox: this.toolbox }),
    );
    const current = this.#state.currentClass.value;
    if (current === null || this.#state.classOf(current)?.retired !== false) {
      this.#state.currentClass.set(ontology.classes.find((c) => !c.retired)?.id ?? null);
    }
  }

  resolveConflict(id: string, keep: 'mine' | 'theirs'): void {
    const setId = this.conflicts.value.find((conflict) => conflict.id === id)?.setId;
    const conflict = setId === undefined ? undefined : this.#outbox.resolved(setId, id);
    const session = this.#cache.peek(setId ?? '');
    if (conflict === undefined || keep === 'theirs' || session === null) return;
    const { mine } = conflict;
    const label = 'Keep my version';
    session.store.transact(
      'user',
      (transaction) => {
        if (isOutcome(mine)) transaction.setOutcome(mine);
        else if (mine === null) transaction.remove(id);
        else transaction.put(session.store.filled(mine));
      },
      { label },
    );
  }

  discardRejection(id: string): void {
    const setId = this.rejections.value.find((rejection) => rejection.id === id)?.setId;
    if (setId !== undefined) this.#outbox.discardRejection(setId, id);
  }

  retrySaving(): void {
    this.#outbox.retry();
  }

  whenSaved(): Promise<void> {
    return this.#outbox.whenSent();
  }

  dispose(): void {
    this.#opening = null;
    this.#close();
    this.#surface?.dispose();
    this.#surface = null;
    this.#outbox.dispose();
    this.#tabs.dispose();
    this.#cache.dispose();
    this.#engine.dispose();
    this.#state.assist.dispose();
  }

  /** Shows the annotations, and the picture if it is there. */
  #open(session: Session, { ontology, readOnly, ...source }: OpenImage, wasKnown: boolean): void {
    this.#leave();
    const state = this.#state;
    state.show(session, readOnly);
    this.setOntology(ontology);
    this.#closeSession = [
      session.store.subscribe((diff) => this.#follow(diff, session)),
      session.history.state.subscribe(() => state.history.set(session.history.state.value)),
      session.part.subscribe(() => state.part.set(session.part.value)),
      this.#port.subscribe(source.setId, (event) => {
        if (event.kind === 'resync' || event.clientId !== this.#clientId) this.#outbox.refresh(source.setId);
      }),
    ];
    // Of one that had to be awaited the person may have looked closer meanwhile.
    if (wasKnown) this.#fit(source);
    this.#surface?.open(session);
    const inHand = () => [...state.selection.value, state.hovered.value ?? ''];
    const notLoaded = (message: string) => state.notify(`What is in view could not be loaded: ${message}`);
    if (session.window !== null) this.#closeSession.push(session.window.watch(state.camera, inHand, notLoaded));
    if (wasKnown) this.#outbox.refresh(source.setId);
    this.#cache.trim(this.#inUse([]));
  }

  /** What is known of an image before it has come. */
  #expect(image: OpenImage): void {
    this.setOntology(image.ontology);
    this.#fit(image);
    this.#surface?.expect(image.setId);
  }

  #fit({ size }: ImageSource): void {
    this.#state.camera.set(Camera.fit(size, this.#state.camera.value.viewport));
  }

  #close(): void {
    this.#leave();
    this.#surface?.open(null);
  }

  /** Lets go of the open image; what is drawn stays until the next one is. */
  #leave(): void {
    const state = this.#state;
    this.toolbox.cancel();
    for (const stop of this.#closeSession) stop();
    this.#closeSession = [];
    state.select([]);
    state.hovered.set(null);
    state.activeVertices.set([]);
    if (state.view.value.isolated !== null) this.setView({ isolated: null });
    state.show(null, true);
  }

  #follow(diff: StoreDiff, session: Session): void {
    this.#state.follow(diff, session.store);
    this.#surface?.follow(diff, session);
  }

  #inUse(wanted: readonly ImageSource[]): ReadonlySet<string> {
    const open = [this.#state.session?.source.setId, this.#opening?.setId];
    return new Set([...open, ...wanted.map(({ setId }) => setId)].filter((id) => id !== undefined));
  }
}

function sourceOf({ ontology: _, readOnly: __, ...source }: OpenImage): ImageSource {
  return source;
}
