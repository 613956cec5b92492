/* The wrong values of `wrong-values.test.ts`, in elements that work with other elements or peers. */
import { tryWrongValues } from '../support/wrong-values.js';

tryWrongValues(({ tag }) => !/^(pattern|tone|track|signal|level|virtual|camera|screen)-/.test(tag));
