/** The helpers' sentences about their errors: a part of its own. */
export { errorCatalogue } from 'authkit-session-helpers';
