/** The text of the flat file, made by the build. */
export declare const text: string;
