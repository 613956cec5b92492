/**
 * Code that only tells of something, such as a warning: it is loaded when it is first needed, and used in the order of the
 * calls. If it does not load, as without a network, nothing is told: the console has the browser's reason. The next call tries
 * again.
 */
export function onDemand<Module>(load: () => Promise<Module>): (use: (module: Module) => void) => void {
  let loading: Promise<Module> | null = null;
  return (use) => {
    loading ??= load();
    loading.then(use, () => {
      loading = null;
    });
  };
}
