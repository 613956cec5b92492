/* A module that fails while it is run. */
throw new RangeError('not today');
