package org.vrrpd.daemon.linux;

import jnr.ffi.annotations.IgnoreError;

/**
 * The functions of the C library that the daemon calls. Pointers are addresses of direct buffers, as long.
 *
 * <p>A function with exactly six integer arguments gets garbage as its sixth from jnr-ffi on x86_64: sendto, recvfrom
 * and mmap must never appear here.
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
}
