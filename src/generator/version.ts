/** The version of the package. The worker tells it to the page: a page may serve the files of another version. */
export const VERSION = '0.1.0';
