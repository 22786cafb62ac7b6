// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include <cstdio>
#include <cstring>

int main(int argc, char** argv)
{
    int failed = 0;
    for (const auto& test : hilo::testing::cases()) {
        if (argc > 1 && !std::strstr(test.name, argv[1]))
            continue;
        try {
            test.body();
            std::printf("PASS   : %s\n", test.name);
        } catch (const hilo::testing::Failure& failure) {
            ++failed;
            std::printf("FAIL!  : %s: %s\n   Loc: [%s(%d)]\n", test.name, failure.message.c_str(), failure.file,
                        failure.line);
        } catch (const hilo::testing::Skipped& skipped) {
            std::printf("SKIP   : %s: %s\n", test.name, skipped.reason.c_str());
        } catch (const std::exception& error) {
            ++failed;
            std::printf("FAIL!  : %s: %s\n", test.name, error.what());
        }
        std::fflush(stdout);
    }
    return failed;
}
