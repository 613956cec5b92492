/**
 * A range and a number that say the same. The range goes in equal steps, by `data-scale="log"` in equal ratios, as
 * hearing does, or by `data-scale="cubic"` ever faster away from a zero that it can reach.
 *
 * @param over Ends it, for a slider that leaves while its form stays.
 */
export function bindSlider(slider: HTMLElement, over?: AbortSignal): void {
  const [range, number] = slider.querySelectorAll('input');
  const { from, to, step, unit = '' } = slider.dataset;
  const [lowest, highest] = [Number(from), Number(to)];
  const { at, share } = scales[slider.dataset.scale ?? 'linear'](lowest, highest);
  const places = slider.dataset.scale ? 300 : Math.round((highest - lowest) / Number(step));
  Object.assign(range, { min: '0', max: String(places), step: '1' });

  const valueAt = (place: number) => {
    const value = at(place / places);
    const rounded = Number(slider.dataset.scale ? value.toPrecision(3) : value.toFixed(6));
    return step === '1' ? Math.round(rounded) : rounded;
  };
  const placeOf = (value: number) => Math.round(Math.min(1, Math.max(0, share(value) || 0)) * places);
  const follow = () => {
    const place = placeOf(Number(number.value));
    range.value = String(place);
    range.setAttribute('aria-valuetext', `${number.value} ${unit}`.trim());
    range.style.setProperty('--filled', `${(100 * place) / places}%`);
  };

  range.addEventListener('input', () => {
    number.value = String(valueAt(Number(range.value)));
    number.dispatchEvent(new Event('change', { bubbles: true }));
    follow();
  });
  number.form?.addEventListener('synced', follow, { signal: over });
  follow();
}

/** How a value follows from the share of the way, 0 to 1, and the share from the value. */
const scales: Readonly<
  Record<string, (low: number, high: number) => Readonly<Record<'at' | 'share', (x: number) => number>>>
> = {
  linear: (low, high) => ({
    at: (share) => low + share * (high - low),
    share: (value) => (value - low) / (high - low),
  }),
  log: (low, high) => ({
    at: (share) => low * (high / low) ** share,
    share: (value) => Math.log(value / low) / Math.log(high / low),
  }),
  cubic: (low, high) => {
    const [from, to] = [Math.cbrt(low), Math.cbrt(high)];
    return {
      at: (share) => (from + share * (to - from)) ** 3,
      share: (value) => (Math.cbrt(value) - from) / (to - from),
    };
  },
};
