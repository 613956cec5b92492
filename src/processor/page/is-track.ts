/** Whether a value is a track. Not by instanceof: a track of another document has another class. */
export const isTrack = (value: Partial<MediaStreamTrack> | null | undefined): value is MediaStreamTrack =>
  /^(audio|video)$/.test(value?.kind ?? '') && typeof value?.clone === 'function' && 'readyState' in value;
