/* The wrong values of `wrong-values.test.ts`, in elements that are devices or show them. */
import { tryWrongValues } from '../support/wrong-values.js';

tryWrongValues(({ tag }) => /^(virtual|camera|screen)-/.test(tag));
