// Included once for each file, with its path from the root of the tree in EMBED: adds its bytes to the
// program, and a row to the table.
#if !__has_include(EMBED)  // also tells the build that this depends on the file
#error a file that is to be embedded is missing
#endif

__asm__(
    ".pushsection .rodata.embedded, \"a\"\n"
    "1: .asciz \"" EMBED "\"\n"
    "2: .incbin \"" EMBED "\"\n"
    "3:\n"
    ".popsection\n"
    ".pushsection .data.rel.ro.embedded, \"aw\"\n"
    ".quad 1b, 2b, 3b - 2b\n"
    ".popsection");
#undef EMBED
