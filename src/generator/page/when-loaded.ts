/**
 * Uses code that only tells of something, such as a warning, when it has loaded. If it does not load, as without a network,
 * nothing is told: the console has the browser's reason.
 */
export const whenLoaded = <Module>(loading: Promise<Module>, use: (module: Module) => void): void =>
  void loading.then(use, () => {});
