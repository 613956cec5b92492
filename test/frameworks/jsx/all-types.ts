/* All types of the package for frameworks, so that their declarations themselves are checked. */
import type {} from 'track-elements/types/jsx';
import type {} from 'track-elements/types/preact';
import type {} from 'track-elements/types/react';
import type {} from 'track-elements/types/solid';
import type {} from 'track-elements/types/svelte';
import type {} from 'track-elements/types/vue';
