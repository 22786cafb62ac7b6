# The one place for language level, warnings and sanitizers; every target links hilo_options.
include(FeatureSummary)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# Reading LibTorch's and Qt's headers takes most of a source's time, so that several sources at once build in half of it.
# Sources of one library must not use one name for different things even in their unnamed namespaces.
option(HILO_UNITY "Compile several sources of a library at once: a faster clean build, slower rebuilds of one file" ON)
set(CMAKE_UNITY_BUILD ${HILO_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)

# A newer compiler warns of more, which must not stop those who only want to use the program.
option(HILO_WARNINGS_AS_ERRORS "Stop at warnings (continuous integration and the preset dev do)" OFF)

add_library(hilo_options INTERFACE)
set(warnings -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
if(HILO_UNITY AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # It takes the unnamed namespaces of the other sources that are compiled together for an outer scope.
    list(REMOVE_ITEM warnings -Wshadow)
endif()
if(HILO_WARNINGS_AS_ERRORS)
    list(APPEND warnings -Werror)
endif()
# nvcc hands its own generated code to the compiler, which these warnings do not fit.
target_compile_options(hilo_options INTERFACE "$<$<COMPILE_LANGUAGE:CXX>:${warnings}>")
target_include_directories(hilo_options INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/core)
if(HILO_SANITIZE)
    # Instrumented code makes GCC see uninitialised values in LibTorch's headers that are not there.
    # Three checks at every access to a member make up half of the compiler's time. An empty pointer is found by
    # AddressSanitizer too; addresses are checked where bytes of files are read, by the fuzz targets' build.
    target_compile_options(hilo_options INTERFACE -fsanitize=${HILO_SANITIZE} -fno-sanitize=null,alignment,object-size
                                                  -fno-sanitize-recover=undefined -fno-omit-frame-pointer
                                                  -Wno-maybe-uninitialized)
    # What the standard library can tell at once: an index out of range, an empty pointer or optional.
    target_compile_definitions(hilo_options INTERFACE _GLIBCXX_ASSERTIONS)
    target_link_options(hilo_options INTERFACE -fsanitize=${HILO_SANITIZE})
endif()
add_feature_info(Sanitizers HILO_SANITIZE "finds memory errors and undefined behaviour at run time")
# GCC 12 sees overflows in inlined std::string concatenation that are not there (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(hilo_options INTERFACE
        "$<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict;-Wno-stringop-overflow;-Wno-array-bounds>")
endif()
