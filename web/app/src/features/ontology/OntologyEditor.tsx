import { Button, SegmentedControl, Switch, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import type { ClassUsage, OntologyVersion } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { toast } from '../../ui/toast-store.ts';
import { AttributeList } from './AttributeList.tsx';
import { ClassDetails } from './ClassDetails.tsx';
import { ClassTree } from './ClassTree.tsx';
import { addClasses, removeClass, retireRemoved, subtreeIds } from './class-tree.ts';
import { FirstClasses } from './FirstClasses.tsx';
import { InUseDialog } from './InUseDialog.tsx';
import { LeaveGuard } from './LeaveGuard.tsx';
import styles from './OntologyEditor.module.css';
import { PredicatesPanel } from './PredicatesPanel.tsx';
import { SaveBar } from './SaveBar.tsx';
import { SkeletonsPanel } from './SkeletonsPanel.tsx';
import { StaleDialog } from './StaleDialog.tsx';
import { useOntologyDraft } from './use-ontology-draft.ts';
import { useOntologySave } from './use-ontology-save.ts';

export interface OntologyEditorProps {
  readonly projectId: string;
  readonly latest: OntologyVersion;
  readonly usage: ReadonlyMap<string, ClassUsage>;
  readonly readOnly: boolean;
}

/** The ontology of a project: classes, image attributes and skeletons in one draft that is saved as one version. */
export function OntologyEditor({ projectId, latest, usage, readOnly }: OntologyEditorProps) {
  const draft = useOntologyDraft(latest);
  const save = useOntologySave(projectId, draft);
  const [address, setAddress] = useSearchParams();
  const nameField = useRef<HTMLInputElement>(null);
  const { ontology, edit, problems } = draft;
  const tab = address.get('part') ?? 'classes';
  const selected = ontology.classes.find((c) => c.id === address.get('class')) ?? ontology.classes[0];

  const go = (part: string, classId?: string) => {
    const next = new URLSearchParams({ part, ...(classId === undefined ? {} : { class: classId }) });
    setAddress(next, { replace: true, flushSync: true });
  };
  const select = (id: string) => go('classes', id);
  const remove = (id: string) => {
    const below = [...subtreeIds(ontology.classes, id)];
    const used = ontology.classes.find((c) => below.includes(c.id) && (usage.get(c.id)?.annotations ?? 0) > 0);
    if (used !== undefined) {
      toast({ tone: 'info', title: `“${used.name}” has annotations`, message: 'It can be retired, not removed.' });
      return;
    }
    edit((o) => removeClass(o, id));
  };
  const showProblem = () => {
    const problem = problems[0];
    if (problem === undefined) return;
    if (problem.classId !== null) select(problem.classId);
    else if (ontology.predicates.some((p) => p.id === problem.subjectId)) go('relations');
    else go(ontology.skeletons.some((s) => s.id === problem.subjectId) ? 'skeletons' : 'image');
  };
  useHotkeys([['mod+S', () => draft.unsaved && problems.length === 0 && save.save('')]], []);

  if (ontology.classes.length === 0 && !draft.unsaved && !readOnly && tab === 'classes') {
    return <FirstClasses onAdd={(names) => edit((o) => addClasses(o, names, null))} />;
  }
  return (
    <div className={styles.editor}>
      <SegmentedControl
        value={tab}
        onChange={(part) => go(part)}
        aria-label="Part of the ontology"
        style={{ alignSelf: 'flex-start' }}
        data={[
          { value: 'classes', label: `Classes ${ontology.classes.length}` },
          { value: 'image', label: `Image attributes ${ontology.imageAttributes.length}` },
          { value: 'relations', label: `Relations ${ontology.predicates.length}` },
          { value: 'skeletons', label: `Skeletons ${ontology.skeletons.length}` },
        ]}
      />
      {draft.newer !== null && draft.unsaved && save.stale === null && (
        <Text size="sm" c="var(--pl-warn)" role="status">
          {draft.newer.createdBy?.name ?? 'Somebody'} saved version {draft.newer.version} meanwhile.{' '}
          <Button variant="subtle" size="compact-sm" onClick={save.showStale}>
            See what changed
          </Button>
        </Text>
      )}
      {tab === 'classes' && (
        <div className={styles.columns}>
          <ClassTree
            ontology={ontology}
            edit={edit}
            readOnly={readOnly}
            selectedId={selected?.id ?? null}
            onSelect={select}
            onOpen={() => nameField.current?.select()}
            onRemove={remove}
            usage={annotationCounts(usage)}
            faulty={new Set(problems.flatMap((p) => (p.classId === null ? [] : [p.classId])))}
          />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: must be scrolled by keyboard when all in it is disabled */}
          <section className={styles.details} tabIndex={0} aria-label="The class">
            <fieldset disabled={readOnly} className={styles.form}>
              {selected !== undefined && (
                <ClassDetails
                  key={selected.id}
                  labelClass={selected}
                  ontology={ontology}
                  edit={edit}
                  usage={usage.get(selected.id) ?? null}
                  problems={problems}
                  nameField={nameField}
                  onSelect={select}
                  onRemove={() => remove(selected.id)}
                />
              )}
            </fieldset>
          </section>
        </div>
      )}
      {tab !== 'classes' && (
        <div className={styles.details} style={{ flex: 1 }}>
          <fieldset disabled={readOnly} className={styles.form}>
            {tab === 'image' ? (
              <>
                <Switch
                  mb="md"
                  label="An image has at most one tag"
                  description="For single-label classification: choosing a tag takes the place of the one before."
                  checked={ontology.oneTag}
                  onChange={(event) => edit((o) => ({ ...o, oneTag: event.currentTarget.checked }))}
                />
                <AttributeList
                  title="Asked about each image"
                  attributes={ontology.imageAttributes}
                  classId={null}
                  ontology={ontology}
                  problems={problems}
                  onChange={(imageAttributes, key) => edit((o) => ({ ...o, imageAttributes }), `image.${key}`)}
                />
              </>
            ) : tab === 'relations' ? (
              <PredicatesPanel ontology={ontology} edit={edit} problems={problems} />
            ) : (
              <SkeletonsPanel ontology={ontology} edit={edit} problems={problems} />
            )}
          </fieldset>
        </div>
      )}
      <ErrorNote error={save.error} />
      {readOnly ? (
        <Text size="sm" c="dimmed">
          Version {draft.version.version}. Managers and owners of the project can change it.
        </Text>
      ) : (
        <SaveBar
          draft={draft}
          saving={save.saving}
          onSave={save.save}
          onDiscard={() => draft.follow(latest)}
          onShowProblem={showProblem}
        />
      )}
      <LeaveGuard unsaved={draft.unsaved} />
      {save.stale !== null && (
        <StaleDialog
          base={draft.base}
          mine={ontology}
          theirs={save.stale}
          onMerge={save.merge}
          onReload={save.reload}
          onClose={save.closeDialog}
        />
      )}
      {save.inUse !== null && (
        <InUseDialog
          errors={save.inUse}
          onClose={save.closeDialog}
          onRetire={() => {
            const ids = new Set(save.inUse?.flatMap((error) => error.item ?? []));
            edit((o) => retireRemoved(o, draft.base, ids));
            save.closeDialog();
          }}
        />
      )}
    </div>
  );
}

function annotationCounts(usage: ReadonlyMap<string, ClassUsage>): ReadonlyMap<string, number> {
  return new Map([...usage].map(([id, use]) => [id, use.annotations]));
}
