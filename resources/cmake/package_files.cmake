# cmake -DENGINE=… [-DWORKBENCH=…] -DVERSION=… -DSUFFIX=… -DCHANGES=CHANGELOG.md -DOUTPUT=… -P: manual pages, shell completion and the
# changes as packages want them, from what the programs say of themselves. SOURCE_DATE_EPOCH is the day of the pages.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${OUTPUT})
file(MAKE_DIRECTORY ${OUTPUT}/man ${OUTPUT}/completion)

function(output_of variable)
    execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen ${ARGN}
                    OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
    set(${variable} "${output}" PARENT_SCOPE)
endfunction()

output_of(said ${ENGINE} manual ${OUTPUT}/man)
foreach(file "bash:hilo" "zsh:_hilo" "fish:hilo.fish")
    string(REGEX MATCH "([a-z]+):(.*)" whole ${file})
    set(name ${OUTPUT}/completion/${CMAKE_MATCH_2})
    output_of(script ${ENGINE} completion ${CMAKE_MATCH_1})
    file(WRITE ${name} "${script}")
endforeach()
string(TIMESTAMP day "%Y-%m-%d" UTC)
file(WRITE ${OUTPUT}/man/hilo-engine.1 ".so man1/hilo.1\n")
if(WORKBENCH)
    output_of(help ${WORKBENCH} --help)
    # A line of its own is no request, and hyphens can be copied.
    string(REPLACE "\\" "\\\\" help "${help}")
    string(REPLACE "-" "\\-" help "${help}")
    string(REGEX REPLACE "\n([.'])" "\n\\\\&\\1" help "${help}")
    file(WRITE ${OUTPUT}/man/hilo-workbench.1
         ".TH HILO\\-WORKBENCH 1 \"${day}\" \"HILO Workbench ${VERSION}\" \"User Commands\"\n"
         ".SH NAME\nhilo\\-workbench \\- fine\\-tune language models with a mixture of LoRA experts\n"
         ".SH SYNOPSIS\n.B hilo\\-workbench\n.RI [ OPTION .\\|.\\|. \"] [\" PATH ]\n"
         ".SH OPTIONS\n.nf\n${help}.fi\n.SH SEE ALSO\n.BR hilo (1)\n")
endif()

# Headings with a day, "## 0.2.0 - 2026-12-01", as Debian's changelog has them; the newest version is that of the packages.
file(STRINGS ${CHANGES} headings REGEX "^## [0-9]+\\.")
set(entries "")
foreach(heading IN LISTS headings)
    if(heading MATCHES "^## ([0-9.]+) - ([0-9-]+)$")
        set(version ${CMAKE_MATCH_1})
        set(day ${CMAKE_MATCH_2})
        if(version STREQUAL VERSION)
            string(APPEND version "${SUFFIX}")
        endif()
        execute_process(COMMAND date -u -R -d ${day} OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE
                        COMMAND_ERROR_IS_FATAL ANY)
        string(APPEND entries "hilo-workbench (${version}) unstable; urgency=medium\n\n"
               "  * Released; what is new stands in CHANGELOG.md of the sources.\n\n"
               " -- The HILO Workbench authors <hilo-workbench@users.noreply.github.com>  ${date}\n\n")
    endif()
endforeach()
file(WRITE ${OUTPUT}/changelog "${entries}")
file(GLOB pages ${OUTPUT}/man/*.1)
execute_process(COMMAND gzip -9n ${OUTPUT}/changelog ${pages} COMMAND_ERROR_IS_FATAL ANY)
file(TOUCH ${OUTPUT}/made)
