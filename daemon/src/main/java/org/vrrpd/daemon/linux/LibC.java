package org.vrrpd.daemon.linux;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.IgnoreError;

/**
 * The functions of the C library that the daemon calls. Pointers are addresses of direct buffers, as long.
 *
 * <p>A function with exactly six integer arguments gets garbage as its sixth from jnr-ffi on x86_64: sendto, recvfrom
 * and mmap must never appear here. With a Pointer among its parameters a call takes another way, which is right.
 */
public interface LibC {

    int socket(int family, int type, int protocol);

    int close(int fd);

    int bind(int fd, long address, int length);

    int setsockopt(int fd, int level, int option, long value, int length);

    int getsockopt(int fd, int level, int option, long value, long length);

    long send(int fd, long data, long length, int flags);

    long recvmsg(int fd, long message, int flags);

    int sendmmsg(int fd, long messages, int count, int flags);

    int recvmmsg(int fd, long messages, int count, int flags, long timeout);

    long read(int fd, long data, long length);

    long write(int fd, long data, long length);

    int open(long path, int flags);

    long pwrite(int fd, long data, long length, long offset);

    int epoll_create1(int flags);

    int epoll_ctl(int epoll, int operation, int fd, long event);

    int epoll_wait(int epoll, long events, int count, int timeoutMillis);

    int timerfd_create(int clock, int flags);

    int timerfd_settime(int fd, int flags, long value, long formerValue);

    int eventfd(int count, int flags);

    int signalfd(int fd, long set, int flags);

    @IgnoreError
    int clock_gettime(int clock, long time);

    int gettid();

    int sched_setscheduler(int thread, int policy, long parameters);

    int mlockall(int flags);

    long if_indextoname(int index, long name);

    int kill(int process, int signal);

    int waitpid(int process, long status, int options);

    int pidfd_open(int process, int flags);

    int geteuid();

    int getegid();

    int getpwnam_r(long name, long entry, long buffer, long length, long result);

    int getgrnam_r(long name, long entry, long buffer, long length, long result);

    int mkfifo(long path, int mode);

    int fchmod(int fd, int mode);

    int memfd_create(long name, int flags);

    int inotify_init1(int flags);

    int inotify_add_watch(int fd, long path, int events);

    int inotify_rm_watch(int fd, int watch);

    /** Six arguments: a Pointer must be among them. */
    int posix_spawn(long process, long path, long actions, long attributes, long arguments, Pointer environment);

    int posix_spawnattr_init(long attributes);

    int posix_spawnattr_setflags(long attributes, short flags);

    int posix_spawnattr_setsigmask(long attributes, long signals);

    int posix_spawnattr_setsigdefault(long attributes, long signals);

    int posix_spawn_file_actions_init(long actions);

    int posix_spawn_file_actions_addopen(long actions, int fd, long path, int flags, int mode);

    int posix_spawn_file_actions_adddup2(long actions, int fd, int asFd);

    int posix_spawn_file_actions_addclosefrom_np(long actions, int firstFd);

    int posix_spawn_file_actions_destroy(long actions);
}
