/** All that the helpers export: a part of its own, for a program that names more than most do. */
export * from 'authkit-session-helpers';
