# cmake -DSOURCE=… -DOUTPUT=… -DCOMPILER=… -DBUILD_TYPE=… -P: writes how the program is built, if that has changed.
set(COMMIT "")
set(CHANGES "")
# Not the commit of another repository that the sources happen to lie in.
execute_process(COMMAND git -C ${SOURCE} rev-parse --show-cdup HEAD OUTPUT_VARIABLE told ERROR_QUIET
                RESULT_VARIABLE failed)
if(NOT failed AND told MATCHES "^\n([0-9a-f]+)\n$")
    set(COMMIT "\"${CMAKE_MATCH_1}\"")
    execute_process(COMMAND git -C ${SOURCE} status --porcelain --untracked-files=no OUTPUT_VARIABLE changed ERROR_QUIET)
    if(changed)
        set(CHANGES "\"yes\"")
    else()
        set(CHANGES "\"no\"")
    endif()
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/program_build.cpp.in ${OUTPUT} @ONLY)
