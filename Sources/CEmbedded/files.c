// The files that the program carries inside itself, so that it needs none beside it.
//
// SwiftPM's own rules do not serve: bundles must lie where the program was built, and arrays in code
// (.embedInCode) take a quarter of a second of compiling per kilobyte. The assembler takes none.
#include "cembedded.h"

__asm__(
    ".pushsection .data.rel.ro.embedded, \"aw\"\n"
    ".balign 8\n"
    "mb_embedded_table:\n"
    ".popsection");

#define EMBED "Sources/Episodes/Splits/cifar-fs/bertinetto/test.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/cifar-fs/bertinetto/train.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/cifar-fs/bertinetto/validation.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/fc100/oreshkin/test.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/fc100/oreshkin/train.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/fc100/oreshkin/validation.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/mini-imagenet/ravi/test.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/mini-imagenet/ravi/train.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/mini-imagenet/ravi/validation.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/omniglot/alphabets/test.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/omniglot/alphabets/train.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/omniglot/alphabets/validation.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/omniglot/characters.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/omniglot/cs330/test.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/omniglot/cs330/train.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/omniglot/cs330/validation.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/omniglot/vinyals/test.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/omniglot/vinyals/train.txt"
#include "embed.h"
#define EMBED "Sources/Episodes/Splits/omniglot/vinyals/validation.txt"
#include "embed.h"
#define EMBED "Sources/Reports/Published/published.csv"
#include "embed.h"
#define EMBED "Sources/Reports/Style/drawing.css"
#include "embed.h"
#define EMBED "Sources/Reports/Style/page.css"
#include "embed.h"
#define EMBED "Sources/Reports/Style/page.js"
#include "embed.h"
#define EMBED "suites/claims.yaml"
#include "embed.h"
#define EMBED "suites/miniimagenet-paper.yaml"
#include "embed.h"
#define EMBED "suites/miniimagenet-reduced.yaml"
#include "embed.h"
#define EMBED "suites/omniglot-5way.yaml"
#include "embed.h"
#define EMBED "suites/omniglot-ablations.yaml"
#include "embed.h"
#define EMBED "suites/omniglot-alphabets.yaml"
#include "embed.h"
#define EMBED "suites/omniglot-gradient-paper.yaml"
#include "embed.h"
#define EMBED "suites/omniglot-gradient.yaml"
#include "embed.h"
#define EMBED "suites/omniglot-maml-paper.yaml"
#include "embed.h"
#define EMBED "suites/omniglot-smoke.yaml"
#include "embed.h"
#define EMBED "suites/omniglot-table1.yaml"
#include "embed.h"
<<<<<<< HEAD
#define EMBED "suites/online-sequences.yaml"
=======
#define EMBED "suites/permuted-mnist-paper.yaml"
#include "embed.h"
#define EMBED "suites/permuted-mnist.yaml"
>>>>>>> d901f570411199d6e90602019a571ccc50aa12c7
#include "embed.h"
#define EMBED "suites/query-batch.yaml"
#include "embed.h"
#define EMBED "suites/quickstart.yaml"
#include "embed.h"
#define EMBED "suites/regression-ablations.yaml"
#include "embed.h"
#define EMBED "suites/sine-paper.yaml"
#include "embed.h"
#define EMBED "suites/sine.yaml"
#include "embed.h"

__asm__(
    ".pushsection .data.rel.ro.embedded, \"aw\"\n"
    "mb_embedded_table_end:\n"
    ".popsection");

__attribute__((visibility("hidden"))) extern const struct mb_embedded_file mb_embedded_table[];
__attribute__((visibility("hidden"))) extern const struct mb_embedded_file mb_embedded_table_end[];

const struct mb_embedded_file *mb_embedded_files(size_t *count) {
  *count = (size_t)(mb_embedded_table_end - mb_embedded_table);
  return mb_embedded_table;
}
