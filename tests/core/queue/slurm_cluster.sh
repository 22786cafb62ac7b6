#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A Slurm of two nodes on this machine, in a folder of its own: for slurm_cluster_test. Needs slurmctld, slurmd, munged.
#   slurm_cluster.sh start FOLDER PORT    PORT and the two after it are used
#   slurm_cluster.sh controller FOLDER    starts the controller again
#   slurm_cluster.sh node FOLDER NAME     starts a node again
#   slurm_cluster.sh stop FOLDER
set -euo pipefail
what=$1 folder=$2
case $what in
start)
    port=$3
    mkdir -p "$folder"/state "$folder"/munge
    chmod 755 "$folder" && chmod 711 "$folder"/munge
    head -c 1024 /dev/urandom >"$folder"/munge/key
    chmod 600 "$folder"/munge/key
    as_munge=()
    if [ "$(id -u)" = 0 ]; then
        chown -R munge "$folder"/munge
        as_munge=(runuser -u munge --)
    fi
    "${as_munge[@]}" munged --key-file="$folder"/munge/key --socket="$folder"/munge/socket --pid-file="$folder"/munge/pid \
        --log-file="$folder"/munge/log --seed-file="$folder"/munge/seed
    cat >"$folder"/slurm.conf <<CONF
ClusterName=hilo
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
SlurmctldPort=$port
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/controller.pid
SlurmdPidFile=$folder/%n.pid
SlurmctldLogFile=$folder/controller.log
SlurmdLogFile=$folder/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
SlurmdTimeout=10
KillWait=5
MinJobAge=60
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=$(nproc) RealMemory=1000 State=UNKNOWN
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=$(nproc) RealMemory=1000 State=UNKNOWN
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
    slurmctld -f "$folder"/slurm.conf
    slurmd -N n1 -f "$folder"/slurm.conf
    slurmd -N n2 -f "$folder"/slurm.conf
    ;;
controller) slurmctld -f "$folder"/slurm.conf ;;
node) slurmd -N "$3" -f "$folder"/slurm.conf ;;
stop)
    for pid in "$folder"/n1.pid "$folder"/n2.pid "$folder"/controller.pid "$folder"/munge/pid; do
        [ ! -s "$pid" ] || kill -9 "$(cat "$pid")" 2>/dev/null || true
    done
    ;;
esac
