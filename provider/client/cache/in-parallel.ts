/** A queue with several workers: as many at once as an account can bear beside its other operations. */
export async function inParallel<Item>(
  items: readonly Item[],
  { atOnce, shouldStop = () => false }: { readonly atOnce: number; readonly shouldStop?: () => boolean },
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) {
      if (shouldStop()) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
