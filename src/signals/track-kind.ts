/** The kind of a track, and of the signal on it. */
export type TrackKind = 'video' | 'audio';
