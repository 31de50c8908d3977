package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.siaran.redis.SlotMap.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotMapTest {

    private static final RedisAddress A = server(1);
    private static final RedisAddress B = server(2);
    private static final RedisAddress C = server(3);

    /** The slot of this key is 3300. */
    private static final String KEY = "siaran:{b}";

    private static RedisAddress server(int port) {
        return new RedisAddress("127.0.0.1", port, null, null, null, 0);
    }

    private static SlotMap map(SlotMap before, Range... ranges) {
        return new SlotMap(List.of(ranges), before);
    }

    private final SlotMap first = map(null, new Range(0, 8191, A), new Range(8192, 16383, B));

    @Test
    void aKeyBelongsToTheMasterOfItsSlot() {
        assertEquals(3300, SlotMap.slot(KEY));
        assertEquals(A, first.master(first.shard(KEY)));
        assertEquals(List.of(A, B), first.masters());
    }

    @Test
    void theShardStaysWhenAReplicaTakesOver() {
        SlotMap next = map(first, new Range(0, 8191, C), new Range(8192, 16383, B));
        assertEquals(first.shard(KEY), next.shard(KEY));
        assertEquals(C, next.master(next.shard(KEY)));
        assertEquals(B, next.master(1));
    }

    @Test
    void aKeyWhoseSlotIsGivenAwayGoesToTheOtherShard() {
        SlotMap next = map(first, new Range(0, 3299, A), new Range(3300, 16383, B));
        assertNotEquals(first.shard(KEY), next.shard(KEY));
        assertEquals(B, next.master(next.shard(KEY)));
        assertEquals(A, next.master(0));
    }

    @Test
    void aNewMasterIsANewShard() {
        SlotMap next = map(first, new Range(0, 3299, A), new Range(3300, 3300, C), new Range(3301, 16383, B));
        assertEquals(2, next.shard(KEY));
        assertEquals(A, next.master(0));
        assertEquals(B, next.master(1));
        assertEquals(C, next.master(2));
    }

    @Test
    void aMasterThatHasGivenAllAwayLeavesItsShardToNobodyWhoHasOne() {
        SlotMap next = map(first, new Range(0, 16383, B));
        assertEquals(1, next.shard(KEY));
        assertEquals(List.of(B), next.masters());
    }

    @Test
    void aSlotThatNobodyOwnsHasAShardAllTheSame() {
        SlotMap holed = map(null, new Range(8192, 16383, B));
        assertEquals(B, holed.master(holed.shard(KEY)));
    }
}
