/** The text of the flat worklet, made by the build. */
export declare const text: string;
