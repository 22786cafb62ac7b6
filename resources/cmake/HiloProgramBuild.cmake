# hilo_program_build: compiler, kind of build and git's commit, linked into programs alone. Made anew after a commit and
# with everything that programs are made of, so that it never names a commit that they do not come from.
set(program_build_source ${CMAKE_BINARY_DIR}/program_build.cpp)
file(GLOB_RECURSE program_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/app/*.cpp ${CMAKE_SOURCE_DIR}/app/*.h)
set(program_build_needs ${program_sources} ${CMAKE_SOURCE_DIR}/resources/cmake/program_build.cpp.in
                        ${CMAKE_SOURCE_DIR}/resources/cmake/program_build.cmake)
foreach(library hilo_core hilo_gpu hilo_engine hilo_widgets)
    if(TARGET ${library})
        list(APPEND program_build_needs ${library})
    endif()
endforeach()
execute_process(COMMAND git -C ${CMAKE_SOURCE_DIR} rev-parse --git-path logs/HEAD OUTPUT_VARIABLE git_log ERROR_QUIET
                OUTPUT_STRIP_TRAILING_WHITESPACE)
get_filename_component(git_log "${git_log}" ABSOLUTE BASE_DIR ${CMAKE_SOURCE_DIR})
if(EXISTS "${git_log}" AND NOT IS_DIRECTORY "${git_log}")
    list(APPEND program_build_needs ${git_log})
endif()
add_custom_command(OUTPUT ${program_build_source}
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR} -DOUTPUT=${program_build_source}
            "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" -DBUILD_TYPE=${CMAKE_BUILD_TYPE}
            -P ${CMAKE_SOURCE_DIR}/resources/cmake/program_build.cmake
    DEPENDS ${program_build_needs} VERBATIM)
add_library(hilo_program_build STATIC ${program_build_source})
target_link_libraries(hilo_program_build PUBLIC hilo_core)
