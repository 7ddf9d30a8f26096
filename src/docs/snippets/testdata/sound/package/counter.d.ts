/** How often it was called. */
export declare function count(): number;
