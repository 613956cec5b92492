import { flushSync, mount as mountComponent, unmount } from 'svelte';
import Application from './Application.svelte';

export function mount(target, initial) {
  const component = mountComponent(Application, { target, props: { initial } });
  const set = (state) => flushSync(() => component.set(state));
  return { set, remove: () => void unmount(component) };
}
