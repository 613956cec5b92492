/**
 * Calls code that only reports something, such as a warning, as soon as it has loaded. If it does not load, for example without
 * a network, nothing is reported: the browser has written the reason to the console.
 */
export const whenLoaded = <Module>(loading: Promise<Module>, use: (module: Module) => void): void =>
  void loading.then(use, () => {});
