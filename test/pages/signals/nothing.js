export const pattern = 'not exported as default';
export default 7;
