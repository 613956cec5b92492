/**
 * A range and a number that say the same. The range goes in equal steps, or by `data-scale="log"` in equal ratios, as
 * hearing does.
 */
export function bindSlider(slider: HTMLElement): void {
  const [range, number] = slider.querySelectorAll('input');
  const { from, to, step, scale, unit = '' } = slider.dataset;
  const [lowest, highest] = [Number(from), Number(to)];
  const logarithmic = scale === 'log';
  const places = logarithmic ? 300 : Math.round((highest - lowest) / Number(step));
  Object.assign(range, { min: '0', max: String(places), step: '1' });

  const valueAt = (place: number) => {
    const share = place / places;
    if (!logarithmic) return Number((lowest + share * (highest - lowest)).toFixed(6));
    return Number((lowest * (highest / lowest) ** share).toPrecision(3));
  };
  const placeOf = (value: number) => {
    const share = logarithmic
      ? Math.log(value / lowest) / Math.log(highest / lowest)
      : (value - lowest) / (highest - lowest);
    return Math.round(Math.min(1, Math.max(0, share || 0)) * places);
  };
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
  number.form?.addEventListener('synced', follow);
  follow();
}
