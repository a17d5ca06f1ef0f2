/** Like `Promise.all`, a few at a time: for processes, of which a machine has no room for hundreds. None begins after a failure. */
export async function fewAtATime<Item, Result>(
  items: readonly Item[],
  run: (item: Item, index: number) => Promise<Result>,
  most = 4,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      try {
        results[index] = await run(items[index] as Item, index);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}
