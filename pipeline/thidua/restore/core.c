#include <stdint.h>
int32_t thidua_core_version(void) { return 1; }
