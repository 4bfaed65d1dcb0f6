import { Alert, Button, Select, Slider, Tooltip, VisuallyHidden } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconPhotoPlus, IconPhotoSearch, IconTags } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { queryString } from '../../api/client.ts';
import { queries, useProject } from '../../api/queries.ts';
import { atLeast } from '../../api/roles.ts';
import { usePreparedEditor } from '../../editor/use-prepared-editor.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { UploadMenu } from '../uploads/UploadMenu.tsx';
import { FilterBar } from './FilterBar.tsx';
import styles from './Gallery.module.css';
import { GallerySkeleton } from './GallerySkeleton.tsx';
import { tileWidths } from './grid-layout.ts';
import { ImageGrid } from './ImageGrid.tsx';
import { isSort, sortNames } from './image-state.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { StateTabs } from './StateTabs.tsx';
import { keepOnly, nothingSelected, selectAll } from './selection.ts';
import { useGalleryImages } from './use-gallery-images.ts';
import { useRemoveImages } from './use-remove-images.ts';

/** `/projects/:id/images?filter=&sort=&at=` */
export function GalleryPage() {
  usePreparedEditor();
  const { id = '' } = useParams();
  const [address, setAddress] = useSearchParams();
  const filter = address.get('filter') ?? '';
  const sortText = address.get('sort');
  const sort = isSort(sortText) ? sortText : 'path';
  const navigate = useNavigate();
  const project = useProject(id);
  const ontology = useQuery(queries.ontology(id));
  const classes = ontology.data?.ontology.classes ?? [];
  const { images, count, query, queryKey } = useGalleryImages(id, filter, sort);
  const remove = useRemoveImages(id, queryKey);
  const [density, setDensity] = useLocalStorage({
    key: 'plumbline-gallery-density',
    defaultValue: 2,
    getInitialValueInEffect: false,
  });
  const [chosen, setChosen] = useState(nothingSelected);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const [loadingAll, setLoadingAll] = useState(false);
  const selection = useMemo(() => keepOnly(chosen, new Set(images.map((image) => image.id))), [chosen, images]);
  const mayManage = atLeast(project.data?.role, 'manager');

  const change = (part: { filter?: string; sort?: string }) => {
    setAddress(queryString({ filter, sort: sort === 'path' ? null : sort, ...part }), { replace: true });
  };
  const hrefOf = useCallback(
    (imageId: string) =>
      `/projects/${id}/images/${imageId}${queryString({ filter, sort: sort === 'path' ? null : sort })}`,
    [id, filter, sort],
  );
  const { fetchNextPage, isFetching, hasNextPage } = query;
  const needMore = useCallback(() => {
    if (!isFetching && hasNextPage) fetchNextPage();
  }, [fetchNextPage, isFetching, hasNextPage]);
  const selectMatching = async () => {
    setLoadingAll(true);
    let loaded = await fetchNextPage();
    while (loaded.hasNextPage && !loaded.isError) loaded = await fetchNextPage();
    const all = loaded.data?.pages.flatMap((page) => page.items.map((image) => image.id)) ?? [];
    setChosen((now) => selectAll(now, all));
    setLoadingAll(false);
  };
  const removeSelected = () => {
    if (!mayManage) return;
    remove([...selection.selected]);
    setChosen(nothingSelected);
  };

  const filtered = filter !== '';
  const empty = query.isSuccess && count === 0;
  // The project already counts pictures that the list, read a moment before, does not show.
  const behind = empty && !filtered && (project.data?.counts.images ?? 0) > 0;
  const { refetch } = query;
  useEffect(() => {
    if (behind) refetch();
  }, [behind, refetch]);
  // What stands above the pictures is known before they show, so that nothing pushes them down.
  const pending = query.isPending || project.isPending || ontology.isPending || behind;
  return (
    <div className={styles.page}>
      <title>{`Images · ${project.data?.name ?? 'Project'} · Plumbline`}</title>
      <VisuallyHidden component="h1">Images</VisuallyHidden>
      <div className={styles.bar}>
        <StateTabs counts={project.data?.counts} filter={filter} onChange={(next) => change({ filter: next })} />
        <FilterBar filter={filter} classes={classes} onChange={(next) => change({ filter: next })} />
        <div className={styles.barEnd}>
          <Select
            aria-label="Order"
            w={170}
            data={Object.entries(sortNames).map(([value, label]) => ({ value, label }))}
            value={sort}
            onChange={(value) => change({ sort: value ?? 'path' })}
          />
          <Tooltip label="Size of the pictures">
            <Slider
              w={88}
              size="xs"
              label={null}
              thumbLabel="Size of the pictures"
              min={0}
              max={tileWidths.length - 1}
              value={density}
              onChange={setDensity}
            />
          </Tooltip>
        </div>
      </div>
      <div className={styles.scroller} ref={setScroller}>
        {mayManage && ontology.data !== undefined && classes.length === 0 && images.length > 0 && !pending && (
          <Alert variant="light" icon={<IconTags size={18} />} mb="sm">
            There is nothing to label with yet. <Link to={`/projects/${id}/ontology`}>Add the first classes</Link>, then
            open an image.
          </Alert>
        )}
        {query.isError && images.length === 0 && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
        {pending && !query.isError && <GallerySkeleton density={density} />}
        {empty && filtered && !pending && (
          <EmptyState
            icon={IconPhotoSearch}
            title="No image matches"
            actions={
              <Button variant="default" onClick={() => change({ filter: '' })}>
                Clear the filter
              </Button>
            }
          >
            None of the project’s images fits this filter.
          </EmptyState>
        )}
        {empty && !filtered && !pending && (
          <EmptyState
            icon={IconPhotoPlus}
            title={mayManage ? 'Drop pictures here' : 'No images yet'}
            actions={mayManage && <UploadMenu projectId={id} />}
          >
            {mayManage
              ? 'Files, folders and ZIP archives of JPEG, PNG, WebP, TIFF, GIF or BMP pictures. Uploads go on after a broken connection.'
              : 'A manager of the project adds them.'}
          </EmptyState>
        )}
        {count > 0 && !pending && (
          <ImageGrid
            images={images}
            count={count}
            density={density}
            selection={selection}
            onSelection={setChosen}
            onOpen={(imageId) => navigate(hrefOf(imageId))}
            onNeedMore={needMore}
            onRemove={removeSelected}
            hrefOf={hrefOf}
            scroller={scroller}
            startAt={address.get('at')}
          />
        )}
      </div>
      <SelectionBar
        selected={selection.selected.size}
        matching={count}
        mayRemove={mayManage}
        loadingAll={loadingAll}
        onSelectAll={selectMatching}
        onOpen={() => navigate(hrefOf(selection.focus ?? [...selection.selected][0] ?? ''))}
        onRemove={removeSelected}
        onClear={() => setChosen(nothingSelected)}
      />
    </div>
  );
}
