/** The beginning of an error about a file: `srcObject is "film.mp4"`. */
export const namedFile = (property: string, { name }: Partial<File>): string =>
  `${property} is ${name ? JSON.stringify(name) : 'a Blob'}`;
