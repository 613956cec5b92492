/* A module that never comes to an end of itself. */
await new Promise(() => {});
export default {};
