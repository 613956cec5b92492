/** The text of the flat worker, made by the build. */
export declare const text: string;
