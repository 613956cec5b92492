/** The directions that a camera can face, as the constraint `facingMode` names them; empty for one that is not told. */
export type FacingMode = '' | 'user' | 'environment' | 'left' | 'right';

export const facingModes: readonly FacingMode[] = ['user', 'environment', 'left', 'right'];
