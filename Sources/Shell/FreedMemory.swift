private import CMemory
import Net

/// Memory that was used and is free again, and which the C library and the system would keep for the next use.
enum FreedMemory {
    /// Gives it back to the system, with what is kept for the threads of a network; that takes milliseconds.
    static func giveBack(from network: Network) async {
        await network.onEveryThread(memory_give_back_thread)
        memory_give_back()
    }
}
