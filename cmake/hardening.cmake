# What a release is built with. Assertions stay on: they guard headers and paths, and cost nothing we can measure.
include(CheckCSourceCompiles)
include(CheckCCompilerFlag)

set(CMAKE_C_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported()

if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT GUICHET_SANITIZE)
  # An older C library warns that it knows no level 3; then 2 it is.
  set(CMAKE_REQUIRED_FLAGS "-O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
  check_c_source_compiles("#include <string.h>\nint main(void) { return 0; }" GUICHET_FORTIFY_3)
  unset(CMAKE_REQUIRED_FLAGS)
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$<IF:$<BOOL:${GUICHET_FORTIFY_3}>,3,2>
                      -fstack-protector-strong -fstack-clash-protection)
  check_c_compiler_flag(-fcf-protection GUICHET_CF_PROTECTION)
  if(GUICHET_CF_PROTECTION)
    add_compile_options(-fcf-protection)
  endif()
  add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
endif()
